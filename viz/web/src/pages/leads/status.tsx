/** The title and the status of a lead, as the list and its panel say them. */
import { say } from "~/core/i18n";
import type { LeadShown } from "~/generated/api";
import { Chip, type ChipKind } from "~/parts/marks";
import { STATUS } from "./words";

const CHIPS: Readonly<Record<string, ChipKind>> = {
  new: "info",
  sent: "warn",
  accepted: "info",
  confirmed: "confirmed",
  rejected: "rejected",
  known: "plain",
};

export const statusOf = (lead: LeadShown): string => say(STATUS[lead.status] ?? [lead.status, lead.status]);
export const titleOf = (lead: LeadShown): string => say([lead.title.zh, lead.title.en]);

export function Status({ lead }: { lead: LeadShown }) {
  return <Chip kind={CHIPS[lead.status] ?? "plain"}>{statusOf(lead)}</Chip>;
}
