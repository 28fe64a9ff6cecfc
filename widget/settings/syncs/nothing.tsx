/** A designed emptiness: what is not here, and when it would be. */
export function Nothing({ title, hint }: { title: string; hint: string }) {
  return (
    <div className="nothing">
      <h2>{title}</h2>
      <p className="quiet">{hint}</p>
    </div>
  );
}
