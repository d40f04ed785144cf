// A classic script in the oldest JavaScript: tells people whose browser is too old for the rest.
(function () {
  var script = document.createElement("script")
  var template = document.createElement("template")
  var enough =
    "noModule" in script && "content" in template && "fetch" in window && "indexedDB" in window &&
    "replaceChildren" in document.createElement("p")
  var words = document.getElementById("too-old")
  if (!enough && words) words.removeAttribute("hidden")
})()
