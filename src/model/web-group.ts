/** Every community has one group on the web: its residents' page, where what is for everybody arrives. */

export function webGroupAddress(communityId: string): string {
  return `group:${communityId}`;
}
