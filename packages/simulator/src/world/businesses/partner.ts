/** Another Solution Partner, with whom numbers of the pool can be shared. Its apps and customers are not simulated. */
export interface Partner {
  readonly businessId: string;
  readonly systemUserId: string;
  readonly systemUserToken: string;
  /** Whether it is in a Multi-Partner Solution with the BSP; numbers can be shared only then. */
  readonly inSolution: boolean;
}
