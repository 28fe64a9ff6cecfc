/**
 * Members of the entries of each list of a person. https://developers.google.com/people/api/rest/v1/people
 * `metadata` is a member of all of them.
 */
export const SHAPES = {
  addresses:
    'city country countryCode extendedAddress formattedType formattedValue poBox postalCode region streetAddress type',
  biographies: 'contentType value',
  birthdays: 'date text',
  calendarUrls: 'formattedType type url',
  clientData: 'key value',
  emailAddresses: 'displayName formattedType type value',
  events: 'date formattedType type',
  externalIds: 'formattedType type value',
  genders: 'addressMeAs formattedValue value',
  imClients: 'formattedProtocol formattedType protocol type username',
  interests: 'value',
  locales: 'value',
  locations: 'buildingId current deskCode floor floorSection type value',
  memberships: 'contactGroupMembership domainMembership',
  miscKeywords: 'formattedType type value',
  names:
    'displayName displayNameLastFirst familyName givenName honorificPrefix honorificSuffix middleName phoneticFamilyName phoneticFullName phoneticGivenName phoneticHonorificPrefix phoneticHonorificSuffix phoneticMiddleName unstructuredName',
  nicknames: 'type value',
  occupations: 'value',
  organizations:
    'costCenter current department domain endDate formattedType fullTimeEquivalentMillipercent jobDescription location name phoneticName startDate symbol title type',
  phoneNumbers: 'canonicalForm formattedType type value',
  relations: 'formattedType person type',
  sipAddresses: 'formattedType type value',
  urls: 'formattedType type value',
  userDefined: 'key value',
} as const;

export type PersonField = keyof typeof SHAPES;
export const PERSON_FIELDS = Object.keys(SHAPES) as readonly PersonField[];

/** What may be read beside what may be written. */
export const READ_ONLY_FIELDS = ['ageRanges', 'coverPhotos', 'metadata', 'photos', 'skills'] as const;

/** Lists that hold one entry at most. */
export const SINGLETONS: readonly string[] = ['biographies', 'birthdays', 'genders', 'names'];

/** Members that Google works out; what a caller puts there is passed over. */
export const COMPUTED: Readonly<Record<string, readonly string[]>> = {
  names: ['displayName', 'displayNameLastFirst'],
  phoneNumbers: ['canonicalForm'],
  genders: ['formattedValue'],
};
