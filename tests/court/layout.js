// What a page looks like to who reads it: findings go, one a line, into <pre id="layout">. Appended to a copy of a page without its policy
// (which forbids scripts) by browser.sh.
'use strict';
function layout(size) {
	const bad = [], at = size + ' px' + (document.documentElement.style.fontSize ? ', large print' : '');
	const say = (what, e) => bad.push(at + ': ' + what + (e ? ': <' + e.localName + '> ' + (e.textContent || '').trim().slice(0, 60) : ''));
	if (document.documentElement.scrollWidth > window.innerWidth + 1)
		say('wider than the window: ' + document.documentElement.scrollWidth);
	const rgb = c => (c.match(/[\d.]+/g) || []).map(Number);
	const light = c => rgb(c).slice(0, 3).map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
		.reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const behind = e => {
		for (; e; e = e.parentElement) {
			const c = getComputedStyle(e).backgroundColor, v = rgb(c);
			if (v.length && (v.length < 4 || v[3] > 0)) return c;
		}
		return 'rgb(255,255,255)';
	};
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const e = texts.currentNode.parentElement, text = texts.currentNode.data.trim();
		if (!text || e.closest('#layout')) continue;
		const style = getComputedStyle(e), a = light(style.color), b = light(behind(e));
		if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5) say('contrast below 4.5', e);
		if (style.overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1) say('text is cut off', e);
		const own = e.closest('bdi,[dir]'), first = own && own.textContent.match(/\p{L}/u);
		if (first && /[\u0590-\u08ff]/.test(first[0]) && getComputedStyle(own).direction !== 'rtl') say('text from right to left stands from left to right', e);
	}
	if (!document.documentElement.lang) say('no language');
	if (!document.title) say('no title');
	if (document.querySelectorAll('h1').length !== 1) say('not one h1');
	if (!document.querySelector('main')) say('no main');
	let level = 0;
	for (const h of document.querySelectorAll('h1,h2,h3,h4,h5,h6')) {
		const n = Number(h.localName[1]);
		if (n > level + 1) say('a level of headings is left out', h);
		level = n;
	}
	for (const t of document.querySelectorAll('th')) if (!t.scope) say('a head of a table without scope', t);
	let y = -1, x = -1;
	for (const e of document.querySelectorAll('a[href],summary,button,input,select,textarea,[tabindex]')) {
		if (e.tabIndex > 0) say('an order of its own by keyboard', e);
		if (!(e.textContent || e.getAttribute('aria-label') || '').trim()) say('nothing to read out', e);
		const r = e.getBoundingClientRect();
		if (!r.width) continue;
		if (r.bottom + window.scrollY <= y) say('the keyboard goes up', e);
		y = r.top + window.scrollY; x = r.left;
	}
	return bad;
}
addEventListener('load', () => setTimeout(() => {
	const times = performance.getEntriesByType('navigation')[0], e = document.createElement('pre');
	let bad = layout(window.innerWidth);
	document.documentElement.style.fontSize = '200%';
	bad = bad.concat(layout(window.innerWidth));
	e.id = 'layout';
	e.textContent = 'opened in ' + Math.round(times.loadEventEnd || performance.now()) + ' ms\n' + bad.slice(0, 20).join('\n');
	document.body.textContent = '';
	document.body.appendChild(e);
}, 0));
