/** Names the independent group of every forecast: its interview, or its family. */
export type Partition = readonly string[]

/** The places of each group's members, groups by first appearance. */
export function membersOf(partition: Partition): number[][] {
  const groups = new Map<string, number[]>()
  partition.forEach((label, i) => {
    const members = groups.get(label)
    if (members) members.push(i)
    else groups.set(label, [i])
  })
  return [...groups.values()]
}

/** How many groups the coarsest partition has. */
export function fewestGroups(partitions: readonly Partition[]): number {
  return Math.min(...partitions.map((labels) => new Set(labels).size))
}
