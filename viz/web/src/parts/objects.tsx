/** A link to the page of an account, number, vehicle or place, wherever one is named. */
import { numberOf, objectHref } from "~/core/numbers";

export function ObjectLink({ reference }: { reference: string }) {
  const href = objectHref(reference);
  const text = numberOf(reference);
  return href ? (
    <a class="mono" href={href}>
      {text}
    </a>
  ) : (
    <span class="mono">{text}</span>
  );
}
