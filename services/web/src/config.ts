/** The stage's addresses: written beside the page by each deploy, so that one build serves all. */
export interface Config {
  readonly websocketUrl: string;
  readonly cognitoUrl: string;
  readonly userPoolClientId: string;
}

export async function readConfig(): Promise<Config> {
  const response = await fetch('./config.json');
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as Config;
}
