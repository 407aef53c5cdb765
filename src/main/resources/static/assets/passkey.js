// Passkeys: what only a browser can do. Every page with one works by password without this file.
'use strict';
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const toCreate = (json) => ({
    ...json,
    challenge: bytes(json.challenge),
    user: { ...json.user, id: bytes(json.user.id) },
    excludeCredentials: known(json.excludeCredentials),
  });
  const toGet = (json) => ({ ...json, challenge: bytes(json.challenge), allowCredentials: known(json.allowCredentials) });
  const answer = (credential) => {
    const from = credential.response;
    const response = { clientDataJSON: text(from.clientDataJSON) };
    if (from.attestationObject) {
      response.attestationObject = text(from.attestationObject);
      response.transports = from.getTransports ? from.getTransports() : [];
    } else {
      response.authenticatorData = text(from.authenticatorData);
      response.signature = text(from.signature);
      response.userHandle = from.userHandle ? text(from.userHandle) : undefined;
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
      authenticatorAttachment: credential.authenticatorAttachment || undefined,
    });
  };
  const works = (addresses) => Boolean(window.PublicKeyCredential) && addresses.split(' ').includes(window.location.origin);

  document.querySelectorAll('[data-passkey-at]').forEach((part) => {
    const here = works(part.dataset.passkeyAt);
    part.querySelectorAll('[data-passkey-here]').forEach((one) => { one.hidden = !here; });
    part.querySelectorAll('[data-passkey-elsewhere]').forEach((one) => { one.hidden = here; });
  });

  const say = (button, words) => {
    document.getElementById(button.getAttribute('aria-describedby')).textContent = words;
  };
  const askServer = async (button) => {
    const body = new URLSearchParams({ _csrf: button.form.elements._csrf.value, viec: button.dataset.about || '' });
    const response = await fetch(button.dataset.ask, { method: 'POST', body, credentials: 'same-origin', redirect: 'error' });
    if (!response.ok) {
      throw new Error(`status ${response.status}`);
    }
    return response.json();
  };
  const go = async (button) => {
    const credential = button.dataset.options
      ? await navigator.credentials.create({ publicKey: toCreate(JSON.parse(button.dataset.options)) })
      : await navigator.credentials.get({ publicKey: toGet(await askServer(button)) });
    const field = button.form.querySelector('input[name=khoa]');
    field.value = answer(credential);
    if (button.dataset.to) {
      button.form.action = button.dataset.to;
    }
    button.form.querySelectorAll('input[type=password]').forEach((one) => { one.value = ''; });
    button.form.submit();
  };

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-passkey]');
    if (!button || button.getAttribute('aria-busy') === 'true') {
      return;
    }
    const tick = button.form.querySelector('input[type=checkbox][required]');
    if (tick && !tick.reportValidity()) {
      return;
    }
    button.setAttribute('aria-busy', 'true');
    say(button, button.dataset.wait);
    try {
      await go(button);
    } catch (error) {
      const kinds = { NotAllowedError: button.dataset.stopped, InvalidStateError: button.dataset.known };
      say(button, kinds[error.name] || button.dataset.failed);
    } finally {
      button.removeAttribute('aria-busy');
    }
  });
})();
