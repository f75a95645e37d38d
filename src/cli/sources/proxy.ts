import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

import { Agent } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/**
 * An agent that sends each request through the proxy that the environment names for its address: HTTPS_PROXY, HTTP_PROXY
 * and NO_PROXY, in upper or lower case. The AWS SDK does not read these variables, and Node does only on request.
 *
 * @returns nothing where the environment names no proxy, so that the SDK keeps its own agent
 * @see https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-proxies.html
 */
export function proxyAgent(): HttpsAgent | undefined {
  const names = ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  if (names.every((name) => (process.env[name] ?? '') === '')) return undefined;
  // Node takes any agent that opens a connection, and this one opens those of both schemes.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  return new EnvironmentProxyAgent({ keepAlive: true });
}

class EnvironmentProxyAgent extends Agent {
  private readonly direct = { https: new HttpsAgent({ keepAlive: true }), http: new HttpAgent({ keepAlive: true }) };
  private readonly proxies = new Map<string, HttpsProxyAgent<string>>();

  override connect(_request: unknown, { secureEndpoint, host = '', port }: Parameters<Agent['connect']>[1]) {
    const scheme = secureEndpoint ? 'https' : 'http';
    const proxy = getProxyForUrl(`${scheme}://${host}:${port}`);
    if (proxy === '') return this.direct[scheme];
    const agent = this.proxies.get(proxy) ?? new HttpsProxyAgent(proxy, { keepAlive: true });
    this.proxies.set(proxy, agent);
    return agent;
  }
}
