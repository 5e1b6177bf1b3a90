// A mock of the Azure Functions host. Start it with `node -r ./functions-host.cjs azure.cjs`. The mock prints its port.
const http = require('node:http');
const Module = require('node:module');
const { randomUUID } = require('node:crypto');

const functions = [];
let model;
const core = {
  registerFunction: (metadata, callback) => functions.push({ metadata, callback }),
  registerHook: () => ({ dispose() {} }),
  setProgrammingModel: (given) => {
    model = given;
  },
  log() {},
};
const load = Module._load;
Module._load = (request, ...rest) => (request === '@azure/functions-core' ? core : load(request, ...rest));

async function invoke(fn, inputData, triggerMetadata, invocationId = randomUUID()) {
  const invocation = model.getInvocationModel({
    invocationId,
    metadata: fn.metadata,
    request: { inputData, triggerMetadata },
    log() {},
  });
  const { context, inputs } = await invocation.getArguments();
  const result = await invocation.invokeFunction(context, inputs, fn.callback);
  return invocation.getResponse(context, result);
}

const triggerOf = ({ metadata }) =>
  Object.entries(metadata.bindings).find(([, { type }]) => /Trigger$/.test(type));
const triggered = (type) => functions.find((fn) => triggerOf(fn)?.[1].type === type);

setImmediate(async () => {
  const { HttpUri } = await model.getCapabilities({});
  const front = http.createServer((incoming, outgoing) => {
    if (incoming.url === '/admin/timer') {
      const fn = triggered('timerTrigger');
      invoke(fn, [{ name: triggerOf(fn)[0], data: { json: '{"IsPastDue":false}' } }], {}).then(
        () => outgoing.end('done'),
        (error) => outgoing.writeHead(500).end(error.message),
      );
      return;
    }
    const invocationId = randomUUID();
    const headers = Object.fromEntries(
      Object.entries(incoming.headersDistinct).map(([k, v]) => [k, v.join(', ')]),
    );
    const proxied = http.request(
      new URL(incoming.url, HttpUri),
      {
        method: incoming.method,
        headers: {
          ...headers,
          'x-ms-invocation-id': invocationId,
          'x-forwarded-host': incoming.headers.host,
          'x-forwarded-proto': 'http',
        },
      },
      (response) => {
        outgoing.writeHead(response.statusCode, response.headers);
        response.pipe(outgoing);
      },
    );
    proxied.on('error', () => outgoing.destroy());
    incoming.pipe(proxied);
    const fn = triggered('httpTrigger');
    const data = [{ name: triggerOf(fn)[0], data: { http: {} } }];
    invoke(fn, data, { Headers: { json: JSON.stringify(headers) } }, invocationId).catch(() =>
      outgoing.destroy(),
    );
  });
  front.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${front.address().port}`));
});
