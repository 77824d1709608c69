/** MQL5 (and the MQL4 that shares its files), as the source layer reads it: C++ behind a mask. */
import type { CodeLanguage } from '../code-language.ts';
import { mask } from './mask.ts';

export const mql5: CodeLanguage = {
  language: 'mql5',
  grammarOf: () => 'cpp',
  mask,
};
