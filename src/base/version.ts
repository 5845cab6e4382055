/** Version of this package. A constant, because a standalone bundle has no package.json beside it. */
export const VERSION: string = "0.1.0"
