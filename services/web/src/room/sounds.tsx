import { useEffect, useRef, useState } from 'react';
import type { Event } from '../protocol/messages';
import { useGoing } from './countdown';
import { useClient } from './room-context';
import { Speaker } from './speaker';

const KEY = 'calcutta.sounds';

/** Frequencies in Hz, one after the other. */
const SOUNDS = {
  bid: [660],
  outbid: [440, 330],
  up: [523, 659],
  once: [587],
  twice: [587, 587],
  sold: [523, 659, 784],
} as const;

function soundOf(event: Event, isOutbid: boolean): keyof typeof SOUNDS | null {
  switch (event.type) {
    case 'lot_opened':
      return 'up';
    case 'lot_sold':
      return 'sold';
    case 'bid_placed':
      return isOutbid ? 'outbid' : 'bid';
    default:
      return null;
  }
}

/** Sounds, off until somebody wants them. */
export function Sounds() {
  const [isOn, setIsOn] = useState(() => localStorage.getItem(KEY) === 'on');
  const toggle = () => {
    localStorage.setItem(KEY, isOn ? 'off' : 'on');
    setIsOn(!isOn);
  };
  return (
    <>
      <button type="button" aria-pressed={isOn} onClick={toggle}>
        Sounds {isOn ? 'on' : 'off'}
      </button>
      {isOn && <Playing />}
    </>
  );
}

function Playing(): null {
  const client = useClient();
  const speaker = useRef<Speaker | null>(null);
  const going = useGoing();
  useEffect(() => {
    const isMine = () => {
      const { you, current } = client.getSnapshot().following.view;
      return current?.high_bidder === you;
    };
    const own = new Speaker();
    speaker.current = own;
    let wasMine = isMine();
    const end = client.onReply((reply) => {
      if (reply.type !== 'event') return;
      const sound = soundOf(reply.event, wasMine && !isMine());
      wasMine = isMine();
      if (sound) own.play(SOUNDS[sound]);
    });
    return () => {
      end();
      own.close();
    };
  }, [client]);
  useEffect(() => {
    if (going) speaker.current?.play(SOUNDS[going]);
  }, [going]);
  return null;
}
