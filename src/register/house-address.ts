/** The labels of a house as they were recorded. */
export interface HouseLabels {
  estateName: string;
  buildingLabel: string;
  unitLabel: string;
  roomLabel: string;
}

/** Writes a house's address on one line: 示例花园 12幢 3单元 502. */
export function houseAddress(labels: HouseLabels): string {
  return [labels.estateName, labels.buildingLabel, labels.unitLabel, labels.roomLabel]
    .filter((part) => part !== "")
    .join(" ");
}
