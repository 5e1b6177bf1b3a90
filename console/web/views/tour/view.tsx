export function View() {
  return <h1>Tour</h1>;
}
