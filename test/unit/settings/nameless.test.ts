/** Parameters without a name, as MQL5 allows them, in the flows of settings. */
import { expect, test } from 'vitest';
import { settingsOf } from '../../../src/core/source/settings/settings.ts';
import { read } from '../source/support.ts';

const EXPERT = `class Desk {
 public:
  double kept;
  void Set(int, double value) { kept = value; }
  void Run(double max_drawdown) { Set(KIND, max_drawdown); }
};
`;

test('a parameter without a name is followed nowhere, the one beside it is', () => {
  const flows = settingsOf(read(EXPERT, 'Include/Desk.mqh'))?.flows ?? [];
  expect(flows.map(({ from, to }) => [from[0], to?.[0]])).toContainEqual(['l Desk.Run max_drawdown', 'l Desk.Set value']);
});
