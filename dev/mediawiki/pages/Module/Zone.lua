-- Offsets as event pages show them: {{#invoke:Zone|hours|09:30|2}} is 11:30.
local zone = {}

function zone.hours(frame)
	local hour, minute = frame.args[1]:match('^(%d%d?):(%d%d)$')
	return string.format('%02d:%s', (tonumber(hour) + tonumber(frame.args[2])) % 24, minute)
end

return zone
