export function View() {
  return <h1>Alerts</h1>;
}
