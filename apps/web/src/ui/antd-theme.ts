import { theme } from 'antd';
import type { ThemeConfig } from 'antd';
import { colours, shape, type } from './tokens.js';
import type { ThemeName } from './tokens.js';

/** antd in Kezi's tokens. Every colour that antd would derive and that is seen often is set, so that dark is designed too. */
export function antdTheme(name: ThemeName, isCalm = false): ThemeConfig {
  const c = colours[name];
  return {
    algorithm: name === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: c.accent,
      colorPrimaryHover: c.accentHover,
      colorInfo: c.accent,
      colorLink: c.accent,
      colorLinkHover: c.accentHover,
      colorSuccess: c.good,
      colorWarning: c.warn,
      colorError: c.bad,
      colorText: c.text,
      colorTextSecondary: c.textSoft,
      colorTextTertiary: c.textFaint,
      colorTextDescription: c.textFaint,
      colorTextPlaceholder: c.textFaint,
      colorTextDisabled: c.textFaint,
      colorBgContainerDisabled: c.sunken,
      colorTextLightSolid: c.onAccent,
      colorBgBase: c.surface,
      colorBgContainer: c.surface,
      colorBgElevated: c.raised,
      colorBgLayout: c.canvas,
      colorBorder: c.control,
      colorBorderSecondary: c.border,
      colorBorderDisabled: c.border,
      colorSplit: c.border,
      controlItemBgHover: c.sunken,
      controlItemBgActive: c.accentSoft,
      controlItemBgActiveHover: c.accentSoft,
      borderRadius: shape.radius,
      borderRadiusSM: shape.radiusSmall,
      borderRadiusLG: shape.radius,
      controlHeight: shape.controlHeight,
      controlOutlineWidth: 2,
      // Not the faces themselves: English puts one before them.
      fontFamily: 'var(--kz-family)',
      fontFamilyCode: type.mono,
      fontSize: type.size.body,
      lineHeight: 1.5,
      motionUnit: 0.06,
      // Less motion is none for antd: it waits for the end of a motion that the style sheet has cut off, and never shows the list.
      motion: !isCalm,
      wireframe: false,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
        dangerColor: name === 'dark' ? '#2b0d0b' : '#ffffff',
      },
      Table: { fontSize: type.size.grid, headerBg: c.sunken, headerColor: c.textSoft, rowHoverBg: c.sunken },
      Form: { labelColor: c.textSoft, verticalLabelPadding: '0 0 4px' },
      Segmented: { trackBg: c.sunken, itemSelectedBg: name === 'dark' ? '#34414f' : c.surface },
      Tooltip: { colorBgSpotlight: name === 'dark' ? '#33414f' : '#26323f', colorTextLightSolid: '#f4f7fa' },
      // The track of one that is off carries a word too: antd's own grey leaves it 1.8:1.
      Switch: {
        colorTextLightSolid: c.surface,
        colorTextQuaternary: c.textFaint,
        colorTextTertiary: c.textSoft,
      },
      Tag: { defaultBg: c.neutralSoft, defaultColor: c.textSoft },
    },
  };
}
