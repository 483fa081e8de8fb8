-- A Wireshark dissector for 4over6 (docs/protocol.md), for Wireshark and tshark 3.4 and later.
--
-- Try it:    tshark -X lua_script:docs/wireshark/fourover6.lua -r FILE
-- Keep it:   copy this file to the folder that Help > About Wireshark > Folders calls "Personal Lua Plugins"
--
-- TCP port 5678 is taken for 4over6, and so is a connection that begins with a message 100. Any other port: Analyze > Decode As, or
-- -d tcp.port==PORT,fourover6. To filter by: fourover6.type == 102, fourover6.grant.address == 13.8.0.2, fourover6.dialect

local fourover6 = Proto("fourover6", "4over6 tunnel")

local HEADER = 5
local TYPES = {
  [100] = "IP request",
  [101] = "IP response",
  [102] = "Internet request",
  [103] = "Internet response",
  [104] = "heartbeat",
}

fourover6.prefs.port = Pref.uint("TCP port", 5678, "Where the server listens")
fourover6.prefs.limit = Pref.uint("Longest message", 4101, "In bytes, the five of the header included")

local fields = {
  length = ProtoField.uint32("fourover6.length", "Length", base.DEC, nil, nil, "The whole message, little-endian"),
  type = ProtoField.uint8("fourover6.type", "Type", base.DEC, TYPES),
  data = ProtoField.bytes("fourover6.data", "Data"),
  grant = ProtoField.string("fourover6.grant", "Address grant"),
  address = ProtoField.ipv4("fourover6.grant.address", "Address lent"),
  route = ProtoField.ipv4("fourover6.grant.route", "Route"),
  dns = ProtoField.ipv4("fourover6.grant.dns", "DNS server"),
  dialect = ProtoField.string("fourover6.dialect", "Looks like"),
}
fourover6.fields = fields

local experts = {
  length = ProtoExpert.new("fourover6.error.length", "A length that cannot be", expert.group.MALFORMED, expert.severity.ERROR),
  lost = ProtoExpert.new("fourover6.error.lost", "Behind a framing error", expert.group.SEQUENCE, expert.severity.WARN),
  packet = ProtoExpert.new("fourover6.error.packet", "Not one whole IPv4 packet", expert.group.MALFORMED, expert.severity.WARN),
  grant = ProtoExpert.new("fourover6.error.grant", "Not a grant of five words", expert.group.MALFORMED, expert.severity.WARN),
  tolerated = ProtoExpert.new("fourover6.tolerated", "Tolerated", expert.group.PROTOCOL, expert.severity.NOTE),
  unknown = ProtoExpert.new("fourover6.unknown_type", "Unknown type", expert.group.UNDECODED, expert.severity.NOTE),
}
fourover6.experts = experts

local tcp_stream = Field.new("tcp.stream")
local tcp_source_port = Field.new("tcp.srcport")
local ip_dissector = Dissector.get("ip")

-- A stream cannot be read behind a framing error. For each direction: the frame that it stands in.
local lost_since = {}

-- What the messages of the segment at hand say, for the packet list.
local said = {}

function fourover6.init()
  lost_since = {}
end

local function direction()
  return tostring(tcp_stream()) .. " " .. tostring(tcp_source_port())
end

-- A length that a 100 or a 104 may have all the same: some programs forget to set it, or count the data only.
local function is_tolerated(length, message_type)
  return length < HEADER and (message_type == 100 or message_type == 104)
end

local function is_possible(length, message_type)
  return (length >= HEADER and length <= fourover6.prefs.limit) or is_tolerated(length, message_type)
end

-- The dialect whose messages begin like these bytes, if one does. docs/protocol.md#dialects
local function dialect_of(range)
  local hex = range(0, math.min(range:len(), 16)):bytes():tohex()
  local function begins(pattern)
    return hex:find("^" .. pattern) ~= nil
  end
  if begins("00000000000000000000") then
    return "zeros behind a message: every message fills 4104 bytes, sizeof(struct)"
  elseif begins("08100000") then
    return "a length that is always 4104, sizeof(struct)"
  elseif begins("0000%x%x%x%x0000006[4-8]") or begins("0000006[4-8]0000") then
    return "a header of 8 bytes in network byte order, which counts the data only"
  elseif begins("0000%x%x%x%x6[4-8]") then
    return "a length in network byte order (big-endian)"
  elseif begins("160301") or begins("160303") then
    return "TLS"
  elseif begins("474554") or begins("48545450") then
    return "HTTP"
  end
  return nil
end

-- Five words: an address, a route, three DNS servers. White space around them and a NUL at the end are tolerated.
local function dissect_grant(data, tree)
  local text = data:string()
  local nul = text:find("\0", 1, true)
  text = nul and text:sub(1, nul - 1) or text
  local item = tree:add(fields.grant, data, text)
  local names = { fields.address, fields.route, fields.dns, fields.dns, fields.dns }
  local position, count = 1, 0
  while true do
    local first, last = text:find("%S+", position)
    if not first then
      break
    end
    count = count + 1
    local word = text:sub(first, last)
    if names[count] and word:find("^%d+%.%d+%.%d+%.%d+$") then
      item:add(names[count], data(first - 1, last - first + 1), Address.ip(word))
    else
      item:add_proto_expert_info(experts.grant, "The grant's word " .. count .. " is no IPv4 address: " .. word)
    end
    position = last + 1
  end
  if count < 5 then
    item:add_proto_expert_info(experts.grant, "The grant has " .. count .. " words, and should have five")
  end
  return (text:gsub("%s+$", ""))
end

-- "1 byte", "2 bytes".
local function bytes_counted(number)
  return number .. (number == 1 and " byte" or " bytes")
end

-- What is wrong with the data of a 102 or 103; nil when it is one whole IPv4 packet.
local function packet_fault(data)
  if data:len() < 20 then
    return "The data is too short for an IPv4 packet: " .. bytes_counted(data:len())
  elseif data(0, 1):bitfield(0, 4) ~= 4 then
    return "The data is no IPv4 packet: version " .. data(0, 1):bitfield(0, 4)
  end
  local total = data(2, 2):uint()
  if total == data:len() then
    return nil
  end
  local fault = "The IPv4 packet has " .. total .. " bytes, and the data " .. data:len()
  if total == data:len() + 5 then
    return fault, "a length that counts the data only"
  elseif total == data:len() - 3 then
    return fault, "a length of data + 8: three bytes of junk behind the data, from a struct that was not packed"
  end
  return fault
end

-- The packet, by Wireshark's own dissector. It takes the packet list's columns and addresses for its own; they are given back.
local function dissect_packet(data, pinfo, tree)
  local kept = {}
  for _, name in ipairs({ "src", "dst", "src_port", "dst_port", "can_desegment" }) do
    kept[name] = pinfo[name]
  end
  pinfo.can_desegment = 0
  pinfo.cols.info:clear_fence()
  pinfo.cols.info = ""
  ip_dissector:call(data:tvb(), pinfo, tree)
  local inner = tostring(pinfo.cols.info)
  for name, value in pairs(kept) do
    pinfo[name] = value
  end
  return tostring(data(12, 4):ipv4()) .. " > " .. tostring(data(16, 4):ipv4()) .. "  " .. inner
end

local function dissect_data(message_type, data, pinfo, root, tree)
  if message_type == 101 then
    return dissect_grant(data, tree)
  elseif message_type == 102 or message_type == 103 then
    local fault, dialect = packet_fault(data)
    if not fault then
      return dissect_packet(data, pinfo, root)
    end
    tree:add(fields.data, data)
    tree:add_proto_expert_info(experts.packet, fault)
    if dialect then
      tree:add(fields.dialect, data, dialect):set_generated()
    end
    return fault
  end
  tree:add(fields.data, data)
  if TYPES[message_type] then
    tree:add_proto_expert_info(experts.tolerated, "A " .. message_type .. " carries no data; it is thrown away")
  end
  return bytes_counted(data:len()) .. " of data"
end

local function dissect_framing_error(tvb, pinfo, root)
  local length, message_type = tvb(0, 4):le_uint(), tvb(4, 1):uint()
  local tree = root:add(fourover6, tvb(), "4over6, framing error")
  local item = tree:add_le(fields.length, tvb(0, 4))
  tree:add(fields.type, tvb(4, 1))
  local why = "A message of type " .. message_type .. " cannot be " .. length .. " bytes long"
  item:add_proto_expert_info(experts.length, why)
  local dialect = dialect_of(tvb())
  if dialect then
    tree:add(fields.dialect, tvb(0, HEADER), dialect):set_generated()
    why = why .. "; it looks like " .. dialect
  end
  lost_since[direction()] = math.min(lost_since[direction()] or pinfo.number, pinfo.number)
  return why
end

-- One message, or all that is left of the segment when its length cannot be right.
local function dissect_message(tvb, pinfo, root)
  local length, message_type = tvb(0, 4):le_uint(), tvb(4, 1):uint()
  if not is_possible(length, message_type) then
    said[#said + 1] = dissect_framing_error(tvb, pinfo, root)
    return tvb:len()
  end
  local title = message_type .. " " .. (TYPES[message_type] or "unknown type")
  local tree = root:add(fourover6, tvb(), "4over6, " .. title .. ", " .. tvb:len() .. " bytes")
  local item = tree:add_le(fields.length, tvb(0, 4))
  tree:add(fields.type, tvb(4, 1))
  if is_tolerated(length, message_type) then
    item:add_proto_expert_info(experts.tolerated, "The length should be 5: it counts the header")
  end
  if not TYPES[message_type] then
    tree:add_proto_expert_info(experts.unknown, "A message of the unknown type " .. message_type .. " is skipped")
  end
  local data = tvb:len() > HEADER and dissect_data(message_type, tvb(HEADER), pinfo, root, tree)
  said[#said + 1] = data and title .. "  " .. data or title
  return tvb:len()
end

-- How many bytes the message at `offset` takes.
local function message_length(tvb, _, offset)
  local length, message_type = tvb(offset, 4):le_uint(), tvb(offset + 4, 1):uint()
  if not is_possible(length, message_type) then
    return tvb:len() - offset
  end
  return math.max(length, HEADER)
end

local function dissect_lost(tvb, root, frame)
  local why = "Behind the framing error in frame " .. frame
  local tree = root:add(fourover6, tvb(), "4over6, cannot be read")
  tree:add(fields.data, tvb())
  tree:add_proto_expert_info(experts.lost, why)
  said[#said + 1] = why
end

function fourover6.dissector(tvb, pinfo, root)
  -- A tunnel may run in a tunnel.
  local outer = said
  said = {}
  local since = lost_since[direction()]
  if since and pinfo.number > since then
    dissect_lost(tvb, root, since)
  else
    dissect_tcp_pdus(tvb, root, HEADER, message_length, dissect_message)
  end
  pinfo.cols.protocol:clear_fence()
  pinfo.cols.protocol = "4over6"
  if #said > 0 then
    pinfo.cols.info:clear_fence()
    pinfo.cols.info = table.concat(said, " | ")
  end
  said = outer
  return tvb:len()
end

-- A connection on another port: its client begins with a message 100 of exactly five bytes.
fourover6:register_heuristic("tcp", function(tvb, pinfo, root)
  if tvb:len() < HEADER or tvb(0, HEADER):bytes():tohex() ~= "0500000064" then
    return false
  end
  pinfo.conversation = fourover6
  fourover6.dissector(tvb, pinfo, root)
  return true
end)

local registered
local function register_port()
  local ports = DissectorTable.get("tcp.port")
  if registered then
    ports:remove(registered, fourover6)
  end
  registered = fourover6.prefs.port
  ports:add(registered, fourover6)
end
fourover6.prefs_changed = register_port
register_port()
