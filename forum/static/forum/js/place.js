// The part of a page a link named: browsers keep it through the way to the sign-in page; from here it goes on in `next`.

for (const field of location.hash ? document.querySelectorAll("input[name=next]") : []) {
  if (!field.value.includes("#")) field.value += location.hash;
}
