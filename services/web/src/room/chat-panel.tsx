import { type FormEvent, memo, useEffect, useRef, useState } from 'react';
import type { Chat } from '../protocol/messages';
import { CHAT_CHARS } from '../protocol/facts';
import { Linked } from '../ui/link';
import { useRoom, useSending } from './room-context';
import { refusalText } from './words';

const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' });
/** Closer to the end than this, the list follows what is said. */
const NEAR_PX = 80;

/** What people say to each other. */
export function ChatPanel() {
  const chats = useRoom(({ following }) => following.chats);
  const { pending, refusal, run } = useSending();
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const it = list.current;
    if (!it) return;
    const distance = it.scrollHeight - it.scrollTop - it.clientHeight;
    if (distance < NEAR_PX + (it.querySelector('li:last-child')?.clientHeight ?? 0))
      it.scrollTop = it.scrollHeight;
  }, [chats]);
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
        <button type="submit" disabled={!text.trim() || pending !== null}>
          Send
        </button>
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
