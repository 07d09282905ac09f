/** Roles of users of the service, by name; not to be confused with roles in a gang. */
import { words } from "./i18n";

const ROLES = words({
  owner: ["本机管理者", "Owner"],
  analyst: ["研判员", "Analyst"],
  investigator: ["侦查员", "Investigator"],
  chief: ["审批领导", "Chief"],
  auditor: ["审计员", "Auditor"],
  care: ["管控专员", "Care worker"],
  administrator: ["系统管理员", "Administrator"],
  enrolling: ["待设动态码", "Second factor to be set up"],
});

export const roleName = (role: string): string => (role in ROLES ? ROLES[role as keyof typeof ROLES] : role);
