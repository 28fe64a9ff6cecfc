import type { Delivery, Simulator } from '../../sandbox/core/simulator.ts';

/** The smallest vendor there can be: it counts, and tells a listener. For tests of what the host does for all. */
export const counter: Simulator = {
  vendor: 'counter',
  title: 'Counter',
  realUrl: (path) => `https://api.counter.example${path}`,
  seed: (desk) => void desk.table('counts').put('start', { n: 0 }),
  failure: (status) => ({ problem: status }),
  routes(router, desk) {
    const counts = desk.table<{ n: number }>('counts');
    router.get('/v1/count', (_request, response) => void response.json({ count: counts.size - 1 }));
    router.post('/v1/count', (_request, response) => {
      const id = desk.id('cnt_', 12);
      counts.put(id, { n: counts.size });
      desk.wrote({
        operation: 'POST /count',
        object: 'count',
        id,
        action: 'create',
        marker: null,
        record: { id },
      });
      response.status(201).json({ id, filler: 'x'.repeat(100) });
    });
    router.get('/page', (_request, response) => void response.send('<p>for people</p>'));
  },
};

export function delivery(url: string, rest: Partial<Delivery> = {}): Delivery {
  return {
    url,
    sign: { scheme: 'none', secret: '' },
    contentType: 'application/json',
    body: '{"n":1}',
    topic: 'counted',
    ...rest,
  };
}
