export default { whatsapp: { enabled: true } };
