/** The renderer's table of contents: connect, wire the state, show the window. */
import './without-eval.ts';
import { mount } from 'svelte';
import { connectApp } from './api/connect.ts';
import App from './App.svelte';
import { ConnectionState } from './state/connection.svelte.ts';
import { createStudio } from './state/studio.ts';

const connection = new ConnectionState();
const studio = createStudio(connectApp(window, connection), connection, window);
const target = document.getElementById('app') ?? document.body;
target.replaceChildren();
mount(App, { target, props: { studio } });
