/// How much of its allowance each of a bounded number of keys has used: a token bucket a key. The key longest unused is forgotten first.
struct AllowanceCounter {
    typealias Key = UInt128

    /// A bucket as one number (the generic cell rate algorithm, ITU-T I.371): the instant at which it is full again. Keys that were used
    /// stand in a ring, in the order of their last use.
    private struct Bucket {
        let key: Key
        var fullAt: Int64
        var earlier: Int
        var later: Int
    }

    /// In microseconds: how long one attempt takes to come back, and all of them.
    private let oneAttempt: Int64
    private let allAttempts: Int64
    private let keyLimit: Int

    private var places: [Key: Int] = [:]
    /// The first is no bucket: behind it in the ring stands the key that was longest unused, before it the one used last.
    private var buckets = [Bucket(key: 0, fullAt: 0, earlier: 0, later: 0)]
    private var freePlaces: [Int] = []

    init(_ allowance: Throttle.Allowance, keyLimit: Int) {
        oneAttempt = Int64(allowance.seconds) * 1_000_000 / Int64(allowance.attempts)
        allAttempts = oneAttempt * Int64(allowance.attempts)
        self.keyLimit = max(keyLimit, 1)
    }

    var keyCount: Int { places.count }

    /// How long until the key has an attempt, in microseconds; 0 if it has one now.
    func wait(_ key: Key, now: Int64) -> Int64 {
        guard let place = places[key] else { return 0 }
        return max(fullAt(place, now: now) + oneAttempt - allAttempts - now, 0)
    }

    mutating func take(_ key: Key, now: Int64) {
        let place = places[key] ?? newPlace(key, now: now)
        buckets[place].fullAt = fullAt(place, now: now) + oneAttempt
        moveToEnd(place)
    }

    mutating func giveBack(_ key: Key) {
        guard let place = places[key] else { return }
        buckets[place].fullAt -= oneAttempt
    }

    mutating func clear(_ key: Key) {
        guard let place = places.removeValue(forKey: key) else { return }
        takeOut(place)
        freePlaces.append(place)
    }

    /// A full bucket is full now. One that was to be full later than an empty one is from before the machine's clock was set back.
    private func fullAt(_ place: Int, now: Int64) -> Int64 {
        min(max(buckets[place].fullAt, now), now + allAttempts)
    }

    private mutating func newPlace(_ key: Key, now: Int64) -> Int {
        if places.count >= keyLimit { clear(buckets[buckets[0].later].key) }
        let place = freePlaces.popLast() ?? buckets.count
        let bucket = Bucket(key: key, fullAt: now, earlier: place, later: place)
        if place == buckets.count { buckets.append(bucket) } else { buckets[place] = bucket }
        places[key] = place
        return place
    }

    private mutating func moveToEnd(_ place: Int) {
        takeOut(place)
        let last = buckets[0].earlier
        buckets[place].earlier = last
        buckets[place].later = 0
        buckets[last].later = place
        buckets[0].earlier = place
    }

    private mutating func takeOut(_ place: Int) {
        let (earlier, later) = (buckets[place].earlier, buckets[place].later)
        buckets[earlier].later = later
        buckets[later].earlier = earlier
    }
}
