import { configure } from '@testing-library/react';

// A second, which is the library's own measure, is little for a component on a machine with other work.
configure({ asyncUtilTimeout: 30_000 });

// Notes stand in the browser's top layer, which the test's document does not have.
HTMLElement.prototype.showPopover = () => {};
HTMLElement.prototype.hidePopover = () => {};

// The browser of a reader in China; the test's own wants American English.
Object.defineProperty(navigator, 'languages', { value: ['zh-CN', 'zh'], configurable: true });
