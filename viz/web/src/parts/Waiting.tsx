/** A page whose answer is on its way or has failed. */
import type { Answered } from "~/core/ask";
import { Page } from "./Page";
import { Failed, Skeleton } from "./states";

interface WaitingProps {
  title: string;
  asked: Pick<Answered<unknown>, "error" | "again">;
  lines?: number;
  height?: number;
}

export function Waiting({ title, asked, lines = 12, height }: WaitingProps) {
  return (
    <Page title={title}>
      {asked.error ? (
        <Failed error={asked.error} retry={asked.again} />
      ) : (
        <Skeleton lines={lines} height={height} />
      )}
    </Page>
  );
}
