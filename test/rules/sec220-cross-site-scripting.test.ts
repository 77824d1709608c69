import { crossSiteScripting } from '../../src/guardians/security/rules/sec220-cross-site-scripting.ts';
import { ruleTester } from './rule-tester.ts';

const indent = (body: string, by = 4): string => body.split('\n').map((line) => `${' '.repeat(by)}${line}`).join('\n');
const view = (body: string): string => `from flask import Flask, Response, jsonify, make_response, render_template, request\nfrom markupsafe import Markup, escape\n\napp = Flask(__name__)\n\n\n@app.get("/hello")\ndef hello():\n    name = request.args.get("name", "")\n${indent(body)}\n`;
const TS = 'src/page.ts';
const TSX = 'src/page.tsx';
const handler = (body: string): string => `import escapeHtml from 'escape-html';\nexport function page(req, res) {\n${indent(body, 2)}\n}\n`;

ruleTester(crossSiteScripting, {
  valid: [
    { name: 'a template', code: view('return render_template("hello.html", name=name)') },
    { name: 'escaped', code: view('return f"<b>{escape(name)}</b>"') },
    { name: 'an object', code: view('return {"name": name}') },
    { name: 'JSON', code: view('return jsonify(name=name)') },
    { name: 'another type', code: view('return Response(name, mimetype="text/plain")') },
    { name: 'markup that escapes', code: view('return Markup("<b>{}</b>").format(name)') },
    { name: 'a number', code: view('return f"<b>{int(name)}</b>"') },
    { name: 'a check', code: view('if name not in ("bars", "ticks"):\n    return "no"\nreturn f"<b>{name}</b>"') },
    { name: 'what a function made of it', code: view('return page_for(name)') },
    { name: 'no view', code: 'from flask import request\n\n\ndef part():\n    return f"<b>{request.args[\'name\']}</b>"\n' },
    { name: 'FastAPI answers JSON', code: 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/hello")\ndef hello(name: str):\n    return f"<b>{name}</b>"\n' },
    { name: 'Streamlit as it is', code: 'import streamlit as st\n\nst.markdown(st.text_input("name"))\nst.write("hello " + st.text_input("other"))\n' },
    { name: 'format_html', code: 'from django.http import HttpResponse\nfrom django.utils.html import format_html\n\n\ndef hello(request):\n    return HttpResponse(format_html("<b>{}</b>", request.GET["name"]))\n' },
    { name: 'tests', code: view('return f"<b>{name}</b>"'), role: 'test' },
    { name: 'text of an element', path: TS, code: "el.textContent = location.hash;\nel.innerHTML = '<b>bars</b>';\nel.innerHTML = `<b>${COUNT}</b>`;\nconst COUNT = 5;\n" },
    { name: 'cleaned', path: TS, code: "import DOMPurify from 'dompurify';\nel.innerHTML = DOMPurify.sanitize(location.hash);\n" },
    { name: 'escaped by Express', path: TS, code: handler('res.send(`<b>${escapeHtml(req.query.name)}</b>`);') },
    { name: 'an object of Express', path: TS, code: handler("res.send({ name: req.query.name });\nres.send(req.body);\nres.json(req.query.name);\nres.type('text/plain').send(req.query.name);") },
    { name: 'React', path: TSX, code: "import { useSearchParams } from 'react-router-dom';\nexport function Hello() {\n  const [params] = useSearchParams();\n  return <b title={params.get('name')}>{params.get('name')}</b>;\n}\n" },
    { name: 'markup from a parameter', path: TSX, code: 'export function Chart({ svg }: { svg: string }) {\n  return <div dangerouslySetInnerHTML={{ __html: svg }} />;\n}\n' },
  ],
  invalid: [
    { name: 'an answer of Flask', code: view('return «f"<b>{name}</b>"»'), findings: [{ messageId: 'answer', severity: 'error', gate: 'merge', message: /the answer is HTML: a script in it trades in your session\. Escape it, or render a template/, related: [/what somebody else sends/] }] },
    { name: 'a response, and markup', code: view('mark = Markup(«"<b>" + name + "</b>"»)\nreturn make_response(«"<b>%s</b>" % name»)'), findings: [{ messageId: 'html', message: /the page reads it as HTML/ }, { messageId: 'html' }] },
    { name: 'Django', code: 'from django.http import HttpResponse\nfrom django.utils.safestring import mark_safe\n\n\ndef hello(request):\n    title = mark_safe(«request.GET["title"]»)\n    return HttpResponse(«"<b>%s</b>" % request.GET["name"]»)\n', findings: [{ messageId: 'html' }, { messageId: 'html' }] },
    { name: 'safe by another name', code: 'from django.utils.safestring import mark_safe as safe\n\n\ndef hello(request):\n    title = safe(«"<b>%s</b>" % request.GET["name"]»)\n', findings: [{ messageId: 'html' }] },
    { name: 'Streamlit with HTML on', code: 'import streamlit as st\n\nname = st.query_params["name"]\nst.markdown(«f"<b>{name}</b>"», unsafe_allow_html=True)\n', findings: [{ messageId: 'html' }] },
    { name: 'a lambda function', code: 'def lambda_handler(event, context):\n    html = f"<b>{event[\'name\']}</b>"\n    return {"statusCode": 200, "body": «html», "headers": {"Content-Type": "text/html"}}\n', findings: [{ messageId: 'answer' }] },
    { name: 'the address of a page', path: TS, code: "const name = new URLSearchParams(location.search).get('name');\nel.innerHTML = «`<b>${name}</b>`»;\nel.insertAdjacentHTML('beforeend', «location.hash»);\ndocument.write(«document.referrer»);\n$('#a').html(«location.hash»);\n", findings: [{ messageId: 'html', severity: 'error' }, { messageId: 'html' }, { messageId: 'html' }, { messageId: 'html' }] },
    { name: 'Express', path: TS, code: handler("res.send(«`<b>${req.query.name}</b>`»);\nres.status(400).send(«'no ' + req.params.name»);\nres.write(«req.query.name»);"), findings: [{ messageId: 'html' }, { messageId: 'html' }, { messageId: 'html' }] },
    { name: 'markup of React', path: TSX, code: "import { useSearchParams } from 'react-router-dom';\nexport function Hello() {\n  const [params] = useSearchParams();\n  return <div dangerouslySetInnerHTML={{ __html: «params.get('name')» }} />;\n}\n", findings: [{ messageId: 'html' }] },
  ],
});
