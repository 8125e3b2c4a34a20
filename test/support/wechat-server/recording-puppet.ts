/** The account behind the gateway: remembers what was sent through it, and fails when it is told to. */
import type { FileBoxInterface } from 'file-box';
import { type payloads, types } from 'wechaty-puppet';
import { PuppetMock } from 'wechaty-puppet-mock';

export interface SentText {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly mentionIds: readonly string[];
}

export interface SentFile {
  readonly id: string;
  readonly conversationId: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * `refused`: nothing is sent, the gateway passes the error on. `sent-but`: it is sent, and then this happens to the
 * answer. `slow`: it is sent after a while. Without `conversationId` whoever sends next meets it.
 */
export type SendFault = { readonly conversationId?: string } & (
  | { readonly what: 'refused'; readonly error: Error }
  | { readonly what: 'sent-but'; readonly after: () => Promise<void> }
  | { readonly what: 'slow'; readonly ms: number }
);

export class RecordingPuppet extends PuppetMock {
  readonly texts: SentText[] = [];
  readonly files: SentFile[] = [];
  readonly recalled: string[] = [];
  readonly faults: SendFault[] = [];
  /** How often somebody told it to start or stop over the wire or in the house. */
  starts = 0;
  stops = 0;
  /** A gateway that hangs answers no ding. */
  isFrozen = false;
  /** Name in a room, by room and member. */
  readonly roomAliases = new Map<string, string>();
  /** Contacts that were confirmed, by the id of the request. */
  readonly friends = new Map<string, string>();
  #count = 0;

  constructor() {
    super();
    // The mock declares that a send has no id; a gateway passes on whatever is returned.
    Object.assign(this, {
      messageSendText: this.#sendText.bind(this),
      messageSendFile: this.#sendFile.bind(this),
    });
  }

  override async onStart(): Promise<void> {
    this.starts += 1;
    await super.onStart();
  }

  override async onStop(): Promise<void> {
    this.stops += 1;
    await super.onStop();
  }

  override ding(data = ''): void {
    if (!this.isFrozen) setImmediate(() => this.emit('dong', { data }));
  }

  override async roomMemberRawPayload(roomId: string, memberId: string) {
    const known = await super.roomMemberRawPayload(roomId, memberId);
    return { ...known, roomAlias: this.roomAliases.get(`${roomId}|${memberId}`) ?? '' };
  }

  /** The mock knows no requests. */
  override async friendshipRawPayload(id: string): Promise<payloads.FriendshipConfirm> {
    const contactId = this.friends.get(id) ?? '';
    return { id, contactId, hello: '', timestamp: 0, type: types.Friendship.Confirm };
  }

  async #sendText(conversationId: string, text: string, mentionIds: string[] = []): Promise<string> {
    const after = await this.#meetFault(conversationId);
    const id = this.#say(conversationId, text);
    this.texts.push({ id, conversationId, text, mentionIds });
    await after?.();
    return id;
  }

  /** The mock cannot take files made of bytes, so they are only written down. */
  async #sendFile(conversationId: string, file: FileBoxInterface): Promise<string> {
    const after = await this.#meetFault(conversationId);
    this.#conversation(conversationId);
    this.#count += 1;
    const id = `file-${this.#count}`;
    this.files.push({ id, conversationId, name: file.name, bytes: await file.toBuffer() });
    await after?.();
    return id;
  }

  override async messageRecall(messageId: string): Promise<boolean> {
    this.recalled.push(messageId);
    return true;
  }

  async #meetFault(conversationId: string): Promise<(() => Promise<void>) | undefined> {
    if (!this.isLoggedIn) throw new Error('not logged in');
    const place = this.faults.findIndex((fault) => (fault.conversationId ?? conversationId) === conversationId);
    const [fault] = place === -1 ? [] : this.faults.splice(place, 1);
    if (fault?.what === 'refused') throw fault.error;
    if (fault?.what === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    return fault?.what === 'sent-but' ? fault.after : undefined;
  }

  /** The mock tells every message of its own to its listeners, as WeChat does; that is where the id is found. */
  #say(conversationId: string, text: string): string {
    let id = '';
    const hear = ({ messageId }: { messageId: string }) => {
      id = messageId;
    };
    this.on('message', hear);
    this.mocker.ContactMock.load(this.currentUserId).say(text).to(this.#conversation(conversationId));
    this.off('message', hear);
    return id;
  }

  /** The mock would take every id with an @ for a room; ids of the web protocol have one anyway. */
  #conversation(id: string) {
    const room = this.mocker.cacheRoomPayload.get(id);
    if (room !== undefined && !room.memberIdList.includes(this.currentUserId)) throw new Error('你已被移出群聊');
    if (room !== undefined) return this.mocker.RoomMock.load(id);
    if (this.mocker.cacheContactPayload.has(id)) return this.mocker.ContactMock.load(id);
    throw new Error(`conversation ${id} does not exist`);
  }
}
