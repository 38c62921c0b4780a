import { createApp } from 'vue';
import SignUpPage from './SignUpPage.vue';

const root = document.createElement('main');
document.body.append(root);
createApp(SignUpPage).mount(root);
