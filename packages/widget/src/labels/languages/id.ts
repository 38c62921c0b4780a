import type { Labels } from '../labels-for.ts';

/** Indonesian; the customer is “Anda”. */
const labels: Labels = {
  heading: 'Hubungkan nomor WhatsApp Anda',
  launch: 'Lanjutkan dengan Meta',
  retry: 'Coba lagi',
  reopen: 'Buka jendela lagi',
  number: 'Nomor Anda',
  pick: 'Nomor mana yang Anda inginkan?',
  choose: 'Di jendela Meta, pilih {number}. Tidak perlu kode.',
  noNumber: 'Saat ini tidak ada nomor siap pakai yang tersedia. Anda dapat menggunakan nomor sendiri.',
  reference: 'Kode referensi:',

  coach: 'Di jendela Meta',
  coachLogIn: 'Login dan pilih bisnis Anda.',
  coachChoose: 'Di daftar nomor, pilih {number}.',
  coachNoCode: 'Anda tidak akan diminta memasukkan kode.',
  coachOwn: 'Masukkan nomor Anda sendiri dan kode yang dikirim Meta ke nomor itu.',
  coachFinish: 'Terakhir, klik “Selesai”.',

  signedUp: 'Pendaftaran di Meta',
  confirmed: 'Konfirmasi dari Meta',
  inService: 'Pendaftaran nomor',

  text: 'Terima kode via SMS',
  call: 'Terima kode via telepon',
  texted: 'SMS berisi kode sedang dikirim.',
  called: 'Anda akan ditelepon untuk menerima kode.',
  code: 'Kode 6 digit',
  confirm: 'Konfirmasi',

  loading: 'Menyiapkan…',
  ready: 'Hanya perlu beberapa menit.',
  launching: 'Menyiapkan…',
  'in-popup': 'Lanjutkan di jendela Meta. Biarkan halaman ini tetap terbuka.',
  closed: 'Jendelanya hilang? Jika Anda sudah mengeklik “Selesai”, tunggu sebentar. Jika belum, buka lagi.',
  claiming: 'Memeriksa dengan Meta…',
  registering: 'Mendaftarkan nomor Anda…',
  sending: 'Koneksi kurang baik. Harap biarkan halaman ini tetap terbuka, pengiriman terus dicoba.',
  slow: 'Ini lebih lama dari biasanya. Anda dapat menutup halaman ini, prosesnya berlanjut sendiri.',
  verifying: 'Meta memerlukan kode untuk {number} terlebih dahulu.',
  registered: 'Selesai. Nomor Anda siap digunakan.',
  coexistence: 'Selesai. Nomor Anda tetap ada di aplikasi WhatsApp Business.',
  cancelled: 'Anda keluar dari jendela Meta. Anda dapat melanjutkan kapan saja.',
  failed: 'Proses tidak berhasil.',
  unavailable: 'Saat ini tidak tersedia.',

  popup_blocked: 'Browser memblokir jendela Meta. Izinkan pop-up untuk halaman ini, lalu coba lagi.',
  opener_cut: 'Halaman ini tidak menerima respons dari jendela Meta. Harap beri tahu penyedia layanan Anda.',
  page_not_https: 'Meta hanya berfungsi di halaman dengan https. Harap beri tahu penyedia layanan Anda.',
  meta_error: 'Terjadi kesalahan di jendela Meta.',
  sdk_blocked: 'Login Meta tidak dapat dimuat. Mungkin terhalang pemblokir konten.',
  sdk_timeout: 'Login Meta lambat dimuat. Mungkin terhalang pemblokir konten.',
  server_unreachable: 'Tidak ada koneksi saat ini.',
  unauthenticated: 'Harap login terlebih dahulu.',
  session_of_another_customer: 'Sekarang orang lain yang login. Harap mulai lagi.',
  needs_signup: 'Konfirmasi dari Meta datang terlambat. Harap ulangi langkah-langkah di jendela.',
  needs_operator: 'Penyedia layanan Anda akan memeriksanya.',
  no_number: 'Anda menyelesaikan proses tanpa nomor. Harap ulangi langkah-langkah di jendela.',
  rejected: 'Meta tidak mengonfirmasi nomor ini.',
  code_refused: 'Kode salah. Periksa kembali atau minta kode lain.',
  too_many_codes: 'Terlalu banyak kode untuk saat ini. Harap coba lagi nanti.',
};

// oxlint-disable-next-line import/no-default-export -- a language is the whole of its file
export default labels;
