/** People and groups on the WeChat side of the gateway, and what they can do. */
import { randomBytes } from 'node:crypto';
import { type payloads, types } from 'wechaty-puppet';
import type { RecordingPuppet } from './recording-puppet.ts';

export interface Spoken {
  readonly room?: string;
  readonly mentionIds?: readonly string[];
  readonly type?: types.Message;
  /** As the puppet tells it: seconds or milliseconds. */
  readonly timestamp?: number;
  readonly id?: string;
}

/** `wxid_…` and `…@chatroom` last; the web protocol gives everybody a new id at every login. */
export type IdKind = 'lasting' | 'of-this-login';

export const BOT_NAME = '绿邻小助手';

export class WechatWorld {
  #puppet: RecordingPuppet;
  #ids: IdKind;
  #now: () => Date;

  constructor(puppet: RecordingPuppet, ids: IdKind, now: () => Date) {
    this.#puppet = puppet;
    this.#ids = ids;
    this.#now = now;
  }

  get self(): string {
    return this.#puppet.currentUserId;
  }

  /** The account logs in, with an id of its own. */
  logIn(id = this.#newId('contact')): string {
    if (!this.#puppet.mocker.cacheContactPayload.has(id)) this.#addContact(id, BOT_NAME);
    this.#puppet.login(id);
    return id;
  }

  async logOut(reason = 'logout'): Promise<void> {
    await this.#puppet.logout(reason);
  }

  showLoginCode(qrcode: string): void {
    this.#puppet.emit('scan', { status: types.ScanStatus.Waiting, qrcode });
  }

  /** Everybody and every group under new ids, old ones unknown: what the web protocol does at a new login. */
  async logInAnew(): Promise<{ readonly newIdOf: (id: string) => string }> {
    const { mocker } = this.#puppet;
    const oldSelf = this.self;
    await this.logOut('a new login');
    const renamed = new Map<string, string>();
    for (const [id, payload] of [...mocker.cacheContactPayload]) {
      mocker.cacheContactPayload.delete(id);
      renamed.set(id, this.#addContact(this.#newId('contact'), payload.name));
    }
    for (const [id, payload] of [...mocker.cacheRoomPayload]) {
      mocker.cacheRoomPayload.delete(id);
      const members = payload.memberIdList.map((member) => renamed.get(member) ?? member);
      renamed.set(id, this.#createRoom(payload.topic, members));
    }
    this.#puppet.login(renamed.get(oldSelf) ?? this.#newId('contact'));
    return { newIdOf: (id) => renamed.get(id) ?? id };
  }

  addPerson(name: string, type = types.Contact.Individual): string {
    return this.#addContact(this.#newId('contact'), name, type);
  }

  addGroup(topic: string, members: readonly string[]): string {
    return this.#createRoom(topic, [this.self, ...members]);
  }

  /** How somebody is called in a group. */
  nameInRoom(room: string, member: string, alias: string): void {
    this.#puppet.roomAliases.set(`${room}|${member}`, alias);
  }

  /** Returns the message's id. What is said while nobody is connected to the gateway is lost, as with the real one. */
  says(talkerId: string, text: string, how: Spoken = {}): string {
    const id = how.id ?? randomBytes(8).toString('hex');
    const { room, mentionIds = [], type = types.Message.Text, timestamp = this.#now().getTime() } = how;
    const what = { id, talkerId, text, type, timestamp };
    const payload: payloads.Message =
      room === undefined
        ? { ...what, listenerId: this.self }
        : { ...what, roomId: room, mentionIdList: [...mentionIds] };
    this.#puppet.mocker.MessageMock.create(payload);
    this.tellAgain(id);
    return id;
  }

  tellAgain(messageId: string): void {
    this.#puppet.emit('message', { messageId });
  }

  /** Somebody and the account become contacts: from then on they can write to each other. */
  befriends(contactId: string): void {
    const friendshipId = randomBytes(8).toString('hex');
    this.#puppet.friends.set(friendshipId, contactId);
    this.#puppet.emit('friendship', { friendshipId });
  }

  joins(room: string, member: string, inviter: string): void {
    this.#members(room).push(member);
    const who = { inviteeIdList: [member], inviterId: inviter };
    this.#puppet.emit('room-join', { ...who, roomId: room, timestamp: this.#now().getTime() });
  }

  leaves(room: string, member: string, remover: string): void {
    const members = this.#members(room);
    members.splice(members.indexOf(member), 1);
    const who = { removeeIdList: [member], removerId: remover };
    this.#puppet.emit('room-leave', { ...who, roomId: room, timestamp: this.#now().getTime() });
  }

  /** WeChat tells the members of a dissolved group nothing that a puppet passes on: it is simply gone. */
  dissolves(room: string): void {
    this.#puppet.mocker.cacheRoomPayload.delete(room);
  }

  renames(room: string, topic: string, changer: string): void {
    const { mocker } = this.#puppet;
    const before = mocker.roomPayload(room);
    mocker.roomPayload(room, { ...before, topic });
    this.#puppet.emit('dirty', { payloadType: types.Dirty.Room, payloadId: room });
    const change = { changerId: changer, newTopic: topic, oldTopic: before.topic };
    this.#puppet.emit('room-topic', { ...change, roomId: room, timestamp: this.#now().getTime() });
  }

  #members(room: string): string[] {
    return this.#puppet.mocker.roomPayload(room).memberIdList;
  }

  #addContact(id: string, name: string, type = types.Contact.Individual): string {
    this.#puppet.mocker.createContact({ id, name, type, phone: [] });
    return id;
  }

  #createRoom(topic: string, memberIdList: string[]): string {
    return this.#puppet.mocker.createRoom({ id: this.#newId('room'), topic, memberIdList }).id;
  }

  #newId(of: 'contact' | 'room'): string {
    const random = randomBytes(8).toString('hex');
    if (this.#ids === 'lasting') return of === 'contact' ? `wxid_${random}` : `${random}@chatroom`;
    return of === 'contact' ? `@${random}` : `@@${random}`;
  }
}
