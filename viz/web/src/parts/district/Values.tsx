/** What a table of the district says of one thing, name by name. */
export function Values({
  label,
  values,
}: {
  label: string;
  values: readonly (readonly [string, string | null])[];
}) {
  return (
    <table aria-label={label}>
      <tbody>
        {values.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value ?? "—"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
