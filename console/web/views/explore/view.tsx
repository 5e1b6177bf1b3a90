export function View() {
  return <h1>Explore</h1>;
}
