// Each calendar of a list, as ical.js reads it: the events of each, with what a program compares them by.

import ICAL from "ical.js"

let given = ""
for await (const part of process.stdin) given += part

const calendars = JSON.parse(given).map((text) => {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents("vevent").map((found) => {
    const event = new ICAL.Event(found, { strictExceptions: true })
    return {
      uid: event.uid,
      title: event.summary,
      on: event.startDate.toString(),
      until: event.endDate.toString(),
      sequence: event.sequence,
      stamp: found.getFirstPropertyValue("dtstamp").toString(),
      last_modified: found.getFirstPropertyValue("last-modified")?.toString(),
      alarms: found.getAllSubcomponents("valarm").map((alarm) => alarm.getFirstPropertyValue("trigger").toSeconds()),
    }
  })
})
process.stdout.write(JSON.stringify(calendars))
