export function View() {
  return <h1>Dashboards</h1>;
}
