/** 失驾预警 Barred drivers. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/district/drivers", "/district/drivers/:id"],
  name: ["失驾预警", "Barred drivers"],
  under: "/district",
  tile: {
    noun: "drivers",
    icon: "car",
    order: 40,
    about: [
      "因涉毒失去驾驶证的人，其车辆此后的过车；过车只说明车辆，不说明由谁驾驶。",
      "Vehicles of people whose licence was lost for drugs, seen since; " +
        "a pass tells of the vehicle, not of who drove.",
    ],
  },
  load: () => import("./Drivers"),
};
