import { type Context, Hono } from 'hono';
import { burstBody, trafficChange } from '../../api/traffic.ts';
import { type TrafficCluster, trafficClusters } from '../../controls/traffic.ts';
import type { Controls } from '../../controls.ts';
import { invalidBody, jsonOf, notOffered, optionalJsonOf, problem } from '../problem.ts';

export function trafficRoutes(controls: Controls): Hono {
  const app = new Hono();
  const { traffic } = controls;

  app.get('/api/traffic/:cluster', (c) => {
    if (!traffic) return notOffered(c, controls);
    const cluster = clusterOf(c.req.param('cluster'));
    return cluster ? c.json(traffic.status(cluster)) : unknownCluster(c);
  });

  app.put('/api/traffic/:cluster', async (c) => {
    if (!traffic) return notOffered(c, controls);
    const cluster = clusterOf(c.req.param('cluster'));
    if (!cluster) return unknownCluster(c);
    const body = trafficChange.safeParse(await jsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    traffic.set(cluster, body.data);
    return c.json(traffic.status(cluster));
  });

  app.post('/api/traffic/burst', async (c) => {
    if (!controls.burst) return notOffered(c, controls);
    const body = burstBody.safeParse(await optionalJsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    return c.json({ published: await controls.burst(body.data) });
  });

  return app;
}

function clusterOf(text: string): TrafficCluster | undefined {
  return trafficClusters.find((cluster) => cluster === text);
}

function unknownCluster(c: Context): Response {
  const text = `There is no cluster ${c.req.param('cluster')}. The clusters are ${trafficClusters.join(' and ')}.`;
  return problem(c, 404, text, 'cluster');
}
