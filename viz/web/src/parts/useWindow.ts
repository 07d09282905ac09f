/** Which rows of a long table are in sight. */
import { useEffect, useRef, useState } from "preact/hooks";
import { printing } from "~/core/printing";

const VIRTUAL_FROM = 150;
const AROUND = 12;

export function useWindow(count: number, height: number) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, tall: 600 });
  const virtual = count > VIRTUAL_FROM && !printing.value;
  useEffect(() => {
    const element = box.current;
    if (!element || !virtual) return;
    const look = () => setSeen({ top: element.scrollTop, tall: element.clientHeight });
    look();
    element.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [virtual]);
  if (!virtual) return { box, from: 0, until: count };
  const from = Math.max(0, Math.floor(seen.top / height) - AROUND);
  return { box, from, until: Math.min(count, Math.ceil((seen.top + seen.tall) / height) + AROUND) };
}
