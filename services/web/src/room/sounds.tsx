import { useEffect, useRef, useState } from 'react';
import { useClient } from './room-context';

const KEY = 'calcutta.sounds';

/** Frequencies in Hz, one after the other. */
const SOUNDS = {
  bid: [660],
  outbid: [440, 330],
  up: [523, 659],
  sold: [523, 659, 784],
} as const;

const NOTE_S = 0.12;
const LOUDNESS = 0.15;

function play(context: AudioContext, notes: readonly number[]): void {
  notes.forEach((frequency, index) => {
    const at = context.currentTime + index * NOTE_S;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(LOUDNESS, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + NOTE_S);
  });
}

/** Sounds, off until somebody wants them. */
export function Sounds() {
  const client = useClient();
  const [isOn, setIsOn] = useState(() => localStorage.getItem(KEY) === 'on');
  const audio = useRef<AudioContext | null>(null);
  useEffect(() => {
    if (!isOn) return undefined;
    audio.current ??= new AudioContext();
    const context = audio.current;
    let mine = false;
    return client.onReply((reply) => {
      if (reply.type !== 'event') return;
      const { you, current } = client.getSnapshot().following.view;
      const wasMine = mine;
      mine = current !== null && current.high_bidder === you;
      if (reply.event.type === 'lot_opened') play(context, SOUNDS.up);
      if (reply.event.type === 'lot_sold') play(context, SOUNDS.sold);
      if (reply.event.type === 'bid_placed')
        play(context, wasMine && !mine ? SOUNDS.outbid : SOUNDS.bid);
    });
  }, [client, isOn]);
  const toggle = () => {
    localStorage.setItem(KEY, isOn ? 'off' : 'on');
    setIsOn(!isOn);
  };
  return (
    <button type="button" aria-pressed={isOn} onClick={toggle}>
      Sounds {isOn ? 'on' : 'off'}
    </button>
  );
}
