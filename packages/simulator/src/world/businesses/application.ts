/** The BSP's app, as it shows in the graph. */
export interface Application {
  readonly id: string;
  readonly name: string;
}

/** The only app there is. */
export function applicationOf({ appId }: { readonly appId: string }): Application {
  return { id: appId, name: 'Simulated app' };
}
