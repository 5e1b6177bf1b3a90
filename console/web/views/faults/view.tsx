export function View() {
  return <h1>Faults</h1>;
}
