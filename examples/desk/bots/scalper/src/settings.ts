/** Limits and credentials of the bot. */

/** Wrong: 10 % of the account, which ends at 4 %. */
export const looseLimits = { accountSize: 50_000, maxDrawdown: 5_000 };

/** Right: stops before the firm does. */
export const limits = { accountSize: 50_000, maxDrawdown: 1_600 };

/** Wrong: whoever reads the repository can trade the account. */
export const passwordInCode = { user: 'desk-7', password: 'Herring-gull-4412' };

/** Right: the environment knows it, the repository does not. */
export const credentials = { user: process.env.TRADOVATE_USERNAME, password: process.env.TRADOVATE_PASSWORD };

/** Wrong: 20 contracts where the account has 6. */
export const tooMany = { symbol: 'ESZ6', maxContracts: 20 };

/** Right: what the plan needs, and the account has. */
export const enough = { symbol: 'ESZ6', maxMinis: 4 };
