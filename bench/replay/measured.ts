/** Prints what this process has cost so far, as one line of JSON, for the process that measures it. */
export function printCost(events: number): void {
  const { user, system } = process.cpuUsage();
  const residentMb = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ events, cpuSeconds: (user + system) / 1e6, residentMb }));
}
