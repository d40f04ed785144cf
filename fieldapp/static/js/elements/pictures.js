// A picture beside the words of a choice, for whoever reads slowly. The words stay what counts: a
// picture is only drawn where it says the same thing.

const PICTURES = {
  result: { normal: "fine", arrivals: "report", unwell: "temp", nobody_home: "nobody", refused: "no", vacant: "doors" },
  mode: { indoors: "today", doorstep: "doors", phone: "call", wechat: "words", loudspeaker: "voice" },
  by: { visit: "doors", phone: "call", wechat: "words" },
  occupied: { resident: "fine", away: "nobody", rented: "card", vacant: "doors", seasonal: "date" },
  heating: { coal_stove: "stove", kang: "bed", district: "town", electric: "bolt", gas: "flame" },
  needs: { groceries: "basket", medicine: "pill", doctor: "heart", heating: "flame", utilities: "bolt", counsel: "report" },
  supplies: { groceries: "basket", medicine: "pill", heating: "flame" },
  transport: { rail: "train", air: "plane", coach: "bus", own_car: "car", shared_car: "car", ship: "boat" },
  temp_status: { measured: "temp", too_cold: "cold", no_answer: "call", not_home: "nobody", refused: "no" },
  measure: { home_isolation: "today", home_monitoring: "look", moved_to_quarantine: "town", moved_to_hospital: "heart", none: "fine" },
  health_now: { normal: "fine", unwell: "temp" },
  tag_source: { register: "card", own_word: "report", visit: "look" },
}

/** Draws them wherever choices appear. @param {HTMLElement} main */
export function illustrate(main) {
  new MutationObserver(() => draw(main)).observe(main, { childList: true })
  draw(main)
}

/** @param {HTMLElement} main */
function draw(main) {
  for (const [name, pictures] of Object.entries(PICTURES)) {
    for (const [value, icon] of Object.entries(pictures)) {
      const input = main.querySelector(`.choice > input[name="${name}"][value="${value}"]`)
      if (input && !input.parentElement?.querySelector(".icon")) input.nextElementSibling?.after(picture(icon))
    }
  }
}

/** @param {string} icon */
function picture(icon) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use")
  svg.setAttribute("class", "icon")
  svg.setAttribute("aria-hidden", "true")
  use.setAttribute("href", `#i-${icon}`)
  svg.append(use)
  return svg
}
