import { type FormEvent, memo, useState } from 'react';
import type { Chat } from '../protocol/messages';
import { CHAT_CHARS } from '../protocol/facts';
import { useFollowEnd } from '../ui/follow-end';
import { Linked } from '../ui/link';
import { Button } from '../ui/button';
import { useRoom, useSending } from './room-context';
import { refusalText } from './words';

const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' });

/** What people say to each other. */
export function ChatPanel() {
  const chats = useRoom(({ following }) => following.chats);
  const { pending, refusal, run } = useSending();
  const [text, setText] = useState('');
  const list = useFollowEnd(chats);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (!said || pending) return;
    const answer = await run({ action: 'sendChat', text: said });
    if (answer?.type === 'chat_sent') setText('');
  };
  return (
    <div className="chat">
      <div ref={list} className="said" role="log" aria-label="Chat" tabIndex={0}>
        {chats.length === 0 && <p className="empty">Nobody has said anything yet.</p>}
        <ol>
          {chats.map((chat) => (
            <Said key={chat.chat_id} chat={chat} />
          ))}
        </ol>
      </div>
      <form onSubmit={(event) => void submit(event)}>
        <input
          aria-label="Say something"
          placeholder="Say something"
          maxLength={CHAT_CHARS}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
        />
        <Button type="submit" disabled={!text.trim() || pending !== null}>
          Send
        </Button>
      </form>
      {refusal && <p role="alert">{refusalText(refusal)}</p>}
    </div>
  );
}

const Said = memo(function Said({ chat }: { readonly chat: Chat }) {
  return (
    <li>
      <strong>{chat.name}</strong>{' '}
      <time dateTime={new Date(chat.at_ms).toISOString()}>{time.format(chat.at_ms)}</time>
      <p>
        <Linked text={chat.text} />
      </p>
    </li>
  );
});
