/** Whether the page is being printed: what is drawn only as far as it is seen is then drawn whole. */
import { signal } from "@preact/signals";

export const printing = signal(false);
addEventListener("beforeprint", () => (printing.value = true));
addEventListener("afterprint", () => (printing.value = false));
