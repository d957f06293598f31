import { type FormEvent, useState } from 'react';
import { useApp } from '../app-context';
import { Button } from '../ui/button';
import { useTitle } from '../ui/use-title';
import { AccountProblem, type SignedIn } from './cognito';

type Step =
  | { readonly is: 'sign-in' | 'sign-up' | 'forgot' }
  | { readonly is: 'confirm' | 'reset'; readonly email: string }
  | { readonly is: 'new-password'; readonly email: string; readonly session: string };

const WORDS: Readonly<Record<Step['is'], { readonly title: string; readonly act: string }>> = {
  'sign-in': { title: 'Sign in', act: 'Sign in' },
  'sign-up': { title: 'Make an account', act: 'Make it' },
  confirm: { title: 'Confirm your e-mail address', act: 'Confirm' },
  forgot: { title: 'Forgot your password?', act: 'Send a code' },
  reset: { title: 'Choose a new password', act: 'Change it' },
  'new-password': { title: 'Choose a password of your own', act: 'Choose it' },
};

/** Everything between a person and their account. */
export default function SignIn() {
  const { cognito, session } = useApp();
  const [step, setStep] = useState<Step>({ is: 'sign-in' });
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const [done, setDone] = useState('');

  const clear = () => {
    setProblem('');
    setDone('');
  };
  const go = (next: Step) => {
    clear();
    setStep(next);
  };
  const enter = (outcome: SignedIn) => {
    if ('tokens' in outcome) session.begin(outcome.tokens);
    else go({ is: 'new-password', ...outcome.newPasswordNeeded });
  };
  const act = async (form: FormData) => {
    const read = (name: string) => String(form.get(name) ?? '').trim();
    const password = String(form.get('password') ?? '');
    switch (step.is) {
      case 'sign-in': {
        const email = read('email');
        try {
          enter(await cognito.signIn(email, password));
        } catch (failure) {
          if (!(failure instanceof AccountProblem)) throw failure;
          if (failure.code !== 'UserNotConfirmedException') throw failure;
          await cognito.sendCodeAgain(email);
          go({ is: 'confirm', email });
        }
        break;
      }
      case 'sign-up':
        await cognito.signUp(read('email'), password);
        go({ is: 'confirm', email: read('email') });
        break;
      case 'confirm':
        await cognito.confirm(step.email, read('code'));
        go({ is: 'sign-in' });
        break;
      case 'forgot':
        await cognito.forgotPassword(read('email'));
        go({ is: 'reset', email: read('email') });
        break;
      case 'reset':
        await cognito.resetPassword(step.email, read('code'), password);
        enter(await cognito.signIn(step.email, password));
        break;
      case 'new-password':
        enter(await cognito.chooseNewPassword(step.email, password, step.session));
    }
  };
  const attempt = (doing: Promise<void>) => {
    setIsBusy(true);
    clear();
    doing
      .catch((failure: unknown) => {
        const isTheirs = failure instanceof AccountProblem;
        setProblem(isTheirs ? failure.message : 'There is no connection: try again.');
      })
      .finally(() => setIsBusy(false));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt(act(new FormData(event.currentTarget)));
  };
  const sendAgain = async (email: string) => {
    await cognito.sendCodeAgain(email);
    setDone(`Another code was sent to ${email}.`);
  };

  const { title, act: doIt } = WORDS[step.is];
  useTitle(title);
  const hasEmail = step.is === 'sign-in' || step.is === 'sign-up' || step.is === 'forgot';
  const isNew = step.is !== 'sign-in';
  return (
    <main className="account">
      <h1>{title}</h1>
      <form onSubmit={submit} key={step.is}>
        {hasEmail && (
          <label>
            E-mail address
            <input name="email" type="email" autoComplete="username" required />
          </label>
        )}
        {'email' in step && step.is !== 'new-password' && <p>A code was sent to {step.email}.</p>}
        {(step.is === 'confirm' || step.is === 'reset') && (
          <label>
            Code
            <input name="code" inputMode="numeric" autoComplete="one-time-code" required />
          </label>
        )}
        {step.is !== 'confirm' && step.is !== 'forgot' && (
          <label>
            {isNew ? 'New password' : 'Password'}
            <input
              name="password"
              type="password"
              autoComplete={isNew ? 'new-password' : 'current-password'}
              minLength={isNew ? 12 : undefined}
              required
            />
          </label>
        )}
        {isNew && step.is !== 'confirm' && step.is !== 'forgot' && (
          <p className="hint">At least 12 characters: upper and lower case letters, a digit.</p>
        )}
        <p role="alert" className="refusal">
          {problem}
        </p>
        <p role="status">{done}</p>
        <Button type="submit" className="primary" disabled={isBusy}>
          {isBusy ? 'One moment …' : doIt}
        </Button>
      </form>
      <nav aria-label="Other ways">
        {step.is === 'sign-in' ? (
          <>
            <Button type="button" className="plain" onClick={() => go({ is: 'sign-up' })}>
              Make an account
            </Button>
            <Button type="button" className="plain" onClick={() => go({ is: 'forgot' })}>
              Forgot your password?
            </Button>
          </>
        ) : (
          <Button type="button" className="plain" onClick={() => go({ is: 'sign-in' })}>
            Back to sign in
          </Button>
        )}
        {step.is === 'confirm' && (
          <Button
            type="button"
            className="plain"
            disabled={isBusy}
            onClick={() => attempt(sendAgain(step.email))}
          >
            Send another code
          </Button>
        )}
      </nav>
    </main>
  );
}
