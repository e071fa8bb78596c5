import { Select } from 'antd';
import { useFormats } from '../lib/formats.js';
import { currencyOptions } from './choices.js';

interface CurrencySelectProps {
  id?: string;
  value: string;
  onChange: (currency: string) => void;
}

/** A currency by its code or its name, those of most trade first. */
export function CurrencySelect(props: CurrencySelectProps) {
  const { language } = useFormats();
  return (
    <Select<string>
      {...props}
      showSearch={{ optionFilterProp: 'label' }}
      options={currencyOptions(language)}
    />
  );
}
