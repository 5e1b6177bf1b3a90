import { type ListProps, StateText } from './list.tsx';
import { selectEdge, selectNode } from './selection.ts';
import { placeText, processText } from './texts.ts';

/** The map as two tables, for screen readers and for copying. */
export function Tables({ topology, conditions }: ListProps) {
  return (
    <div class="map-tables">
      <div class="card scroll">
        <table>
          <caption>Components</caption>
          <thead>
            <tr>
              <th scope="col">Component</th>
              <th scope="col">State</th>
              <th scope="col">Fault</th>
              <th scope="col">Process</th>
              <th scope="col">Place</th>
              <th scope="col">Purpose</th>
            </tr>
          </thead>
          <tbody>
            {topology.nodes.map(({ name, place, role }) => {
              const condition = conditions.nodes.get(name);
              return (
                <tr key={name}>
                  <th scope="row">
                    <button type="button" data-node={name} onClick={() => selectNode(name)}>
                      {name}
                    </button>
                  </th>
                  <td>{condition && <StateText condition={condition} />}</td>
                  <td>{condition?.faults.map(({ title }) => title).join(', ')}</td>
                  <td>{condition && processText(condition)}</td>
                  <td>{placeText(place)}</td>
                  <td>{role}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div class="card scroll">
        <table>
          <caption>Connections</caption>
          <thead>
            <tr>
              <th scope="col">Opened by</th>
              <th scope="col">To</th>
              <th scope="col">Kind</th>
              <th scope="col">Rate</th>
              <th scope="col">Query</th>
            </tr>
          </thead>
          <tbody>
            {topology.edges.map(({ id, from, to, kind }) => {
              const condition = conditions.edges.get(id);
              return (
                <tr key={id} data-edge={id} data-condition={condition?.kind}>
                  <td>{from}</td>
                  <td>{to}</td>
                  <td>{kind}</td>
                  <td class="map-connection-rate">{condition?.text}</td>
                  <td>
                    <button type="button" onClick={() => selectEdge(id)}>
                      Show <span class="visually-hidden">{`the connection from ${from} to ${to}`}</span>
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
